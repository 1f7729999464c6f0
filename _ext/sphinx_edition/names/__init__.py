"""Who and what is named in the text: what is not yet marked is found, marked and given entries."""
