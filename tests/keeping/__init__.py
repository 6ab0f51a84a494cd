"""What tests of “nothing is lost” share: small real studies, workers to kill, states to compare."""
