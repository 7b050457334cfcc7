"""Today's editions of the statistics, from the services that publish them."""
