"""What is said about readiness, as data: framework files and what reads them."""
