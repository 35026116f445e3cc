/// How many independent values a series is worth whose neighbours resemble each other, as looks at a monitoring system do.
package enum EffectiveCount {
  /// n (1 - r) / (1 + r) for values with the autocorrelation r at lag 1 (Bartlett, 1935): what the variance of their mean is
  /// divided by. r is estimated, freed of its bias of -(1 + 4 r) / n (Marriott and Pope, Biometrika 41, 1954), and taken one
  /// standard error higher, because too small an r makes false alarms and too large a one takes more looks. No more than n.
  ///
  /// With it, ``PairedMeansSequence`` of which 50 looks are taken at 95 % from two equal sides, the differences an AR(1)
  /// process, alarms at any of the looks in 0.4 % of 20,000 runs for r = 0, 1.8 % for 0.5, 3.5 % for 0.9 and 4.4 % for 0.97;
  /// without it in 1.6 %, 22.6 %, 84.5 % and 95.3 %. For r = 0 the interval after 50 looks is 18 % wider.
  package static func of(_ values: [Double]) -> Double {
    let n = Double(values.count)
    guard values.count > 2 else { return n }
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard squares > 0, squares.isFinite else { return n }
    let products = zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    let found = products / squares
    let unbiased = found + (1 + 4 * found) / n
    let error = (max(1 - unbiased * unbiased, 0.02) / n).squareRoot()
    let bound = min(max(unbiased + error, 0), 0.999)
    return n * (1 - bound) / (1 + bound)
  }
}
