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

  init(_ effect: Effect, _ shares: ObservedShares, confidence: Double, resamples: Int, seed: Seed) {
    self.shares = shares
    resampler = CellResampler(effect, shares, resamples: resamples, seed: seed)
    level = (1 - confidence) / 2
    observed = effect.value(shares.reference, shares.current)
    chance = resampler.effects(shares.populations(0))
  }

  /// The largest effect that is too small to bring forth the observed one.
  func lower() -> Double {
    guard quantile(1 - level, chance) < observed else { return 0 }
    let border = border(from: 0, to: 1, aim: observed, level: 1 - level)
    return min(effect(border.below), observed)
  }

  /// The smallest effect that is too large to bring forth one as small as this; but none smaller than what chance alone
  /// brings forth, which says no more than that.
  func upper(of observed: Double) -> Double {
    let aim = max(observed, quantile(0.5, chance))
    var (low, high) = (0.0, 1.0)
    var last = -1.0
    while quantile(level, resampler.effects(shares.populations(high))) < aim {
      let reached = effect(high)
      // Beyond this the populations have nothing in common.
      guard reached > last, high < 0x1p500 else { return max(reached, aim) }
      last = reached
      (low, high) = (high, high * 2)
    }
    return max(effect(border(from: low, to: high, aim: aim, level: level).above), observed)
  }

  private func effect(_ times: Double) -> Double {
    let populations = shares.populations(times)
    return resampler.effect.value(populations.reference, populations.current)
  }

  /// Where on the way a quantile of the samples' effects meets the aim: between two points close to each other.
  private func border(from low: Double, to high: Double, aim: Double, level: Double) -> (below: Double, above: Double) {
    var (low, high) = (low, high)
    for _ in 0..<10 {
      let middle = low + (high - low) / 2
      if quantile(level, resampler.effects(shares.populations(middle))) < aim { low = middle } else { high = middle }
    }
    return (low, high)
  }

  /// The order statistic that so large a share of further resamples is below.
  private func quantile(_ share: Double, _ sorted: [Double]) -> Double {
    let place = (share * Double(sorted.count + 1)).rounded(share < 0.5 ? .down : .up)
    return sorted[min(max(Int(place) - 1, 0), sorted.count - 1)]
  }
}
