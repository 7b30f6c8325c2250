"""What is known of benefit: a concern's studies brought to a network, and how sure it is that a thing helps at all."""
