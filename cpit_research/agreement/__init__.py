"""Agreement between coders: kappa, alpha, AC1, free spans; arrays in, numbers out."""
