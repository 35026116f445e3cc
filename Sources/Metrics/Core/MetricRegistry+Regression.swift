extension RegressionRows {
  package static let metrics: [MetricDefinition<RegressionRows>] = [
    MeanAbsoluteError.regression,
    MeanSquaredError.regression,
    RootMeanSquaredError.regression,
    MedianAbsoluteError.regression,
    MeanAbsolutePercentageError.regression,
    MeanSquaredLogError.regression,
    RootMeanSquaredLogError.regression,
    MaxError.regression,
    MeanError.regression,
    R2.regression,
    ExplainedVariance.regression,
    PinballLoss.regression,
    PoissonDeviance.regression,
    GammaDeviance.regression,
    TweedieDeviance.regression,
    D2AbsoluteError.regression,
    D2Pinball.regression,
    D2Tweedie.regression,
  ]
}

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
