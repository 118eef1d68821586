"""The shapes that cross the public interface, one file each; also what `/openapi.json` says about them."""
