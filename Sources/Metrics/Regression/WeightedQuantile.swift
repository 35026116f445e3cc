internal import Statistics

/// The smallest value below or at which a share of the weight lies; midway to the next one where exactly that share does.
enum WeightedQuantile {
  /// O(n). Hyndman and Fan's definition 2, as scikit-learn's.
  static func value(_ values: [Double], _ weights: [Double]?, at share: Double) throws(Undefined) -> Double {
    let order = RadixSort.order(values).map { Int($0) }.filter { weights == nil || weights?[$0] != 0 }
    guard let last = order.last else { throw .noObservations }
    let total = weights.map { weights in order.map { weights[$0] }.compensatedSum } ?? Double(order.count)
    let wanted = share * total
    var below = CompensatedSum()
    for (place, row) in order.enumerated() {
      below.add(weights?[row] ?? 1)
      let excess = below.value - wanted
      // Rounding of the sums is no weight.
      if excess > .ulpOfOne { return values[row] }
      if excess >= -.ulpOfOne, wanted > 0 {
        return place + 1 < order.count ? (values[row] + values[order[place + 1]]) / 2 : values[row]
      }
    }
    return values[last]
  }
}
