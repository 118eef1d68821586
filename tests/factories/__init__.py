"""What tests are made of: desks, people, a driver for cases, small diagrams."""
