"""What is drawn on pages: characters and ruled lines made into paragraphs and tables."""
