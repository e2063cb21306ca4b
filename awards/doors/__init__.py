"""The candidate's door: a contact fills in the answers and evidence of one nomination, the branch checks and sends."""
