"""What an element of the programme is: contract, registry, and what is computed from all of them. Knows nobody."""
