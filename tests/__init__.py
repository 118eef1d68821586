"""What OneCase promises, told by kind of proof; one file for each behaviour."""
