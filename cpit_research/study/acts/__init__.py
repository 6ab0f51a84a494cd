"""What coders do at the workbench: acts become events, and events are told as they stand."""
