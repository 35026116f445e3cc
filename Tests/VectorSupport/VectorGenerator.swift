package import JSON

/// The generators of long inputs, as the vector file describes them: all in IEEE doubles, so that every language makes
/// the same values.
package struct VectorGenerator {
  package let values: [Double]

  package init?(_ value: JSONValue) {
    guard let name = value["gen"]?.stringValue, let count = value["n"]?.int64Value.map({ Int($0) }) else {
      return nil
    }
    let seed = UInt32(truncatingIfNeeded: value["seed"]?.int64Value ?? 0)
    let made: [Double]
    switch name {
    case "arange":
      let start = value["start"]?.doubleValue ?? 0
      made = (0..<count).map { start + Double($0) }
    case "repeat":
      made = Array(repeating: value["value"]?.doubleValue ?? 0, count: count)
    case "lcg_uniform":
      made = Self.uniform(count, seed)
    case "lcg_normalish":
      made = Self.normalish(count, seed)
    case "lcg_int":
      let limit = value["K"]?.doubleValue ?? 1
      made = Self.uniform(count, seed).map { ($0 * limit).rounded(.down) }
    default:
      return nil
    }
    let scale = value["scale"]?.doubleValue ?? 1
    let shift = value["shift"]?.doubleValue ?? 0
    values = scale == 1 && shift == 0 ? made : made.map { $0 * scale + shift }
  }

  /// A linear congruential generator's uniforms.
  package static func uniform(_ count: Int, _ seed: UInt32) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = 1_664_525 &* state &+ 1_013_904_223
      return (Double(state) + 0.5) / 0x1p32
    }
  }

  /// Sums of twelve uniforms less six: nearly normal.
  package static func normalish(_ count: Int, _ seed: UInt32) -> [Double] {
    let uniforms = uniform(12 * count, seed)
    return (0..<count).map { index in uniforms[12 * index..<12 * index + 12].reduce(0, +) - 6 }
  }
}
