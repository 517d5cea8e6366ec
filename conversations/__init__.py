"""What a pair talks about: planned and held meetings, prompts, private notes."""
