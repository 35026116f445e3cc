import Testing

@testable import Statistics

@Suite struct QuantilesTests {
  /// Hyndman and Fan's definitions in whole numbers, for q = k / 64: j and g from n q + m.
  private func defined(_ sorted: [Double], _ k: Int, _ type: Int) -> Double {
    let (n, q) = (Double(sorted.count), Double(k) / 64)
    func at(_ index: Int) -> Double { sorted[min(max(index, 1), sorted.count) - 1] }
    let m: Double =
      switch type {
      case 1, 2, 4: 0
      case 3: -0.5
      case 5: 0.5
      case 6: q
      case 7: 1 - q
      case 8: (q + 1) / 3
      default: q / 4 + 3 / 8.0
      }
    let place = n * q + m
    let j = Int(place.rounded(.down))
    let g = place - Double(j)
    let weight: Double =
      switch type {
      case 1: g > 0 ? 1 : 0
      case 2: g > 0 ? 1 : 0.5
      case 3: g == 0 && j % 2 == 0 ? 0 : 1
      default: g
      }
    return (1 - weight) * at(j) + weight * at(j + 1)
  }

  @Test func agreesWithTheDefinitions() throws {
    var random = Philox(Seed(15))
    for count in [1, 2, 3, 4, 8, 13, 16, 64] {
      let quantiles = try Quantiles(random.normals(count))
      for type in QuantileType.allCases {
        for k in 0...64 {
          let (value, expected) = (try quantiles.value(Double(k) / 64, type), defined(quantiles.sorted, k, type.number))
          #expect((value - expected).magnitude < 1e-13, "type \(type.number), n \(count), q \(k)/64")
        }
      }
    }
  }

  @Test func rises() throws {
    var random = Philox(Seed(16))
    let quantiles = try Quantiles(random.normals(23))
    for type in QuantileType.allCases {
      let values = try (0...200).map { try quantiles.value(Double($0) / 200, type) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(values.first == quantiles.sorted.first && values.last == quantiles.sorted.last)
    }
  }

  /// All but the types 1, 3 and 4 treat both tails alike.
  @Test func mirrors() throws {
    var random = Philox(Seed(17))
    let values = random.normals(19)
    let (plain, mirrored) = try (Quantiles(values), Quantiles(values.map { -$0 }))
    for type in QuantileType.allCases where ![1, 3, 4].contains(type.number) {
      for k in 0...64 {
        let (one, other) = try (plain.value(Double(k) / 64, type), mirrored.value(1 - Double(k) / 64, type))
        #expect((one + other).magnitude < 1e-12)
      }
    }
  }

  @Test func mediansAndRanges() throws {
    #expect(try Quantiles([3, 1, 2]).median == 2 && Quantiles([4, 1, 2, 3]).median == 2.5)
    #expect(try Quantiles([1, 2, 3, 4, 5]).interquartileRange() == 2)
    #expect(try Quantiles([7]).value(0.3, .hazen) == 7)
  }

  @Test func extremesDoNotOverflow() throws {
    let quantiles = try Quantiles([-1.7e308, 1.7e308])
    for type in QuantileType.allCases {
      for q in [0, 0.25, 0.5, 0.75, 1] { #expect(try quantiles.value(q, type).isFinite) }
    }
    #expect(quantiles.median == 0)
    #expect(throws: Undefined.outOfRange) {
      try Quantiles([-1.7e308, -1.7e308, 1.7e308, 1.7e308]).interquartileRange()
    }
  }

  @Test func argumentsAreChecked() throws {
    #expect(throws: Undefined.tooFew("values", needed: 1, got: 0)) { try Quantiles([]) }
    #expect(throws: Undefined.notFinite(index: 0)) { try Quantiles([.nan, 1]) }
    for q in [-0.1, 1.1, .nan] {
      #expect(throws: Undefined.outsideDomain("a quantile's share must be between 0 and 1")) {
        try Quantiles([1, 2]).value(q)
      }
    }
  }
}
