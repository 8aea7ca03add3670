"""layerwise: an auto-graded exercise kit for neural network layers."""
