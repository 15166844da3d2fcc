"""The static site: plain files for people who want to look at the dataset rather than to load it."""
