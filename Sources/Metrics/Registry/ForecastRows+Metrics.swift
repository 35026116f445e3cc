extension ForecastRows {
  package static let metrics: [MetricDefinition<ForecastRows>] = [
    MASE.forecast,
    RMSSE.forecast,
    SMAPE.forecast,
    WAPE.forecast,
    ForecastBias.forecast,
    PinballLoss.forecast,
    IntervalCoverage.forecast,
    IntervalWidth.forecast,
    WinklerScore.forecast,
    CRPS.forecast,
  ]
}
