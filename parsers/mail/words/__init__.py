"""What people write in a mail beside its files: the body without quotes and banners, and what its words say."""
