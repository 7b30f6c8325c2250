"""What is known of benefit: a concern's studies brought to a network, and how sure it is that a thing helps at all.

Start with `informing` (which records of which studies bear on an effect), then `rows` (what each comes to on the
concern's scale), `benefit` (the gains that the network tells) and `certainty` (stars, each with its reason). The
mathematics is `decide.synthesis`, which knows nothing of treatments.
"""
