/// Every method of the library: one line each.
package enum MethodRegistry {
  package static let all: [Method] =
    summaries + samples + categorical + multiplicity + intervals + decisions + sequential + resampling + drift
    + anomalies

  /// The method of that name or alias, however it is cased, with hyphens, underscores or spaces.
  package static func named(_ word: String) -> Method? {
    let word = String(word.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
    return all.first { $0.name == word || $0.aliases.contains(word) }
  }

  private static let summaries: [Method] = [
    Moments.method, WeightedMoments.method, Quantiles.method, WeightedQuantiles.method, MedianAbsoluteDeviation.method,
    TukeyFences.method, ModifiedZ.method, ExactSum.method, Entropy.method, Pearson.method, Spearman.method,
    Kendall.method,
  ]
  private static let samples: [Method] = [
    KolmogorovSmirnov.method, AndersonDarling.method, CramerVonMises.method, MannWhitney.method, HodgesLehmann.method,
    BrunnerMunzel.method, WilcoxonSignedRank.method, KruskalWallis.method, Friedman.method, Levene.method,
    WelchT.method, PairedT.method, PermutationTest.method, SignFlip.method, MonteCarloP.method, Wasserstein.method,
    EnergyDistance.method, MaximumMeanDiscrepancy.method,
  ]
  private static let categorical: [Method] = [
    ChiSquaredHomogeneity.method, GHomogeneity.method, GoodnessOfFit.method, CramersV.method, FisherExact.method,
    McNemar.method, CochranQ.method, BinomialTest.method, MutualInformation.method, PopulationStabilityIndex.method,
    KullbackLeibler.method, JensenShannon.method, Hellinger.method, TotalVariation.method, LInfinity.method,
  ]
  private static let multiplicity: [Method] = [
    Bonferroni.method, Sidak.method, Holm.method, HolmSidak.method, Hochberg.method, Hommel.method,
    BenjaminiHochberg.method, BenjaminiYekutieli.method, FisherCombination.method, StoufferCombination.method,
    TippettCombination.method,
  ]
  private static let intervals: [Method] = [
    Wilson.method, ClopperPearson.method, Jeffreys.method, AgrestiCoull.method, NewcombeIndependent.method,
    NewcombePaired.method, PairedDifference.method, Tango.method, PairedRatio.method, Fieller.method,
    MiettinenNurminen.method, AgrestiCaffo.method,
    TwoProportionZ.method,
    DvoretzkyKieferWolfowitz.method, OrderStatistics.method, MeanInterval.method, RuleOfThree.method,
    PairingGain.method, InfluenceInterval.method, RatioOfProportions.method, WorstContrast.method,
  ]
  private static let decisions: [Method] = [
    IntervalDecision.method, BoundDecision.method, DecidingCount.method, TwoOneSidedTests.method, NonInferiority.method,
    TTestPower.method, NormalPower.method, TwoProportionsPower.method, McNemarPower.method, AUCPower.method,
    ChiSquaredPower.method, MarginPower.method, GateThreshold.method,
  ]
  private static let sequential: [Method] = [
    MixtureSPRT.method, NormalMixtureSequence.method, BetaBinomialSequence.method, QuantileSequence.method,
    EmpiricalBernsteinSequence.method, BettingSequence.method, StudentMixtureSequence.method,
    PairedMeansSequence.method, SeparateSequences.method, WaldSPRT.method, CUPED.method,
  ]
  private static let resampling: [Method] = [
    DeLong.method, AreaDifference.method, CrossFittedArea.method, Bootstrap.method, AreaBootstrap.method,
    CellBootstrap.method,
    Sectioning.method,
    Jackknife.method,
  ]
  private static let drift: [Method] = [
    Drift.method, Homogeneity.method, UnseenMass.method, CorrelationChange.method, DomainClassifier.method,
    ReconstructionError.method,
  ]
  private static let anomalies: [Method] = [
    ChangeBounds.method, NormalBand.method, RobustBand.method, SeasonalBand.method, QuantileBand.method,
  ]
}
