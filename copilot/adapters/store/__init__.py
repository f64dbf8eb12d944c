"""Parts of the model store: what files there are, how they are fetched, how disk and digest are checked."""
