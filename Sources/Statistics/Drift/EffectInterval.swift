/// The effects of two populations that their samples do not rule out.
///
/// For populations on the way from no difference over the observed one to larger ones, it is asked whether their samples
/// would have an effect as large, or as small, as the observed one. This test inversion needs no correction of the bias
/// that every distance of samples has: the populations that are asked have it too.
struct EffectInterval<Effect: CellEffect>: Sendable {
  private let shares: ObservedShares
  private let resampler: CellResampler<Effect>
  private let level: Double
  /// The effect of the samples.
  let observed: Double
  /// The effects of samples of one population.
  let chance: [Double]
  /// What is known of the way, in its order.
  private var stations: [Station] = []

  /// Populations so many times as far apart as the observed ones.
  private struct Station {
    var times: Double
    var effect: Double
    /// The effects that so few of their samples are below, and above.
    var low: Double
    var high: Double
  }

  init(_ effect: Effect, _ shares: ObservedShares, confidence: Double, resamples: Int, seed: Seed) {
    self.shares = shares
    resampler = CellResampler(effect, shares, resamples: resamples, seed: seed)
    level = (1 - confidence) / 2
    observed = effect.value(shares.reference, shares.current)
    chance = resampler.effects((shares.pooled, shares.pooled))
    stations = [Station(times: 0, effect: 0, low: quantile(level, chance), high: quantile(1 - level, chance))]
  }

  /// The largest effect that is too small to bring forth the observed one.
  mutating func lower() -> Double {
    guard stations[0].high < observed else { return 0 }
    visit(1)
    return min(effect(bringing: observed, as: \.high), observed)
  }

  /// The smallest effect that is too large to bring forth one as small as this, or as what chance alone brings forth, which
  /// says no more than that. Of many cells and few rows it is less than the effect of the samples, most of which is chance.
  mutating func upper(of observed: Double) -> Double {
    if let error = resampler.effect.greatestError(shares) { return observed + Normal.upperQuantile(level) * error }
    let aim = max(observed, chance[chance.count / 2])
    visit(1)
    // Effects grow as the root of a square that chance adds and one that the difference does.
    for step in 0..<20 {
      let (first, last) = (stations[0], stations[stations.count - 1])
      guard last.low < aim else { break }
      let growth = (last.low * last.low - first.low * first.low) / (last.times * last.times)
      // Samples of few rows have the same effect for quite different populations.
      let least = growth > 0 && step < 4 ? 1.2 : 2
      let times = growth > 0 ? (1.1 * (aim * aim - first.low * first.low) / growth).squareRoot() : 0
      visit(min(max(times, least * last.times), 1e3 * last.times))
      // Beyond this the populations have nothing more to differ by.
      guard stations[stations.count - 1].effect > last.effect else { return max(last.effect, aim) }
    }
    let upper = effect(bringing: aim, as: \.low)
    return resampler.effect.isProportional ? upper : max(upper, observed)
  }

  /// The effect of the populations of whose samples' effects a quantile is the aim.
  private mutating func effect(bringing aim: Double, as quantile: KeyPath<Station, Double>) -> Double {
    func square(_ station: Station) -> Double { station[keyPath: quantile] * station[keyPath: quantile] }
    var part = 0.0
    var (low, high) = (stations[0], stations[0])
    for step in 0..<6 {
      guard let index = stations.firstIndex(where: { $0[keyPath: quantile] >= aim }) else {
        return stations[stations.count - 1].effect
      }
      guard index > 0 else { return stations[0].effect }
      (low, high) = (stations[index - 1], stations[index])
      part = (aim * aim - square(low)) / (square(high) - square(low))
      let isNear = high.effect - low.effect < 0.02 * high.effect
      if isNear || min(aim - low[keyPath: quantile], high[keyPath: quantile] - aim) < 0.002 * aim { break }
      // Now and then in the middle, should the curve be so bent that the chord leads nowhere.
      let next = step % 3 == 2 ? 0.5 : min(max(part, 0.1), 0.9)
      let squares = low.times * low.times + next * (high.times * high.times - low.times * low.times)
      visit(squares.squareRoot())
    }
    return (low.effect * low.effect + part * (high.effect * high.effect - low.effect * low.effect)).squareRoot()
  }

  private func populations(_ times: Double) -> (reference: [Double], current: [Double]) {
    shares.populations(
      difference: times < 1
        ? resampler.effect.lessened(shares, times: times) : shares.difference.map { $0 * times })
  }

  private mutating func visit(_ times: Double) {
    let place = stations.firstIndex { $0.times >= times } ?? stations.count
    guard place == stations.count || stations[place].times > times else { return }
    let populations = populations(times)
    let effects = resampler.effects(populations)
    let effect = resampler.effect.value(populations.reference, populations.current)
    stations.insert(
      Station(times: times, effect: effect, low: quantile(level, effects), high: quantile(1 - level, effects)),
      at: place)
  }

  /// The order statistic that so large a share of further resamples is below.
  private func quantile(_ share: Double, _ sorted: [Double]) -> Double {
    let place = (share * Double(sorted.count + 1)).rounded(share < 0.5 ? .down : .up)
    return sorted[min(max(Int(place) - 1, 0), sorted.count - 1)]
  }
}
