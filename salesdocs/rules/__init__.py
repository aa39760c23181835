"""What a case must show beyond being written rightly: rules, and the gates between stages."""
