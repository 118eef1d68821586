"""The path oracle: what it finds, what it leaves in peace, and that another way of counting comes to the same."""
