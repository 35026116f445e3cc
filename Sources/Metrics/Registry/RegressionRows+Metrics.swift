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
