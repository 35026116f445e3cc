extension FlipRows {
  package static let metrics: [MetricDefinition<FlipRows>] = [
    SymmetricFlipRate.flips,
    NegativeFlipRate.flips,
    PositiveFlipRate.flips,
    DirectedFlipRate.negativeToPositive,
    DirectedFlipRate.positiveToNegative,
  ]
}
