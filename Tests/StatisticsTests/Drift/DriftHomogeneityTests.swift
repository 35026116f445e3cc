import Testing

@testable import Statistics

@Suite struct DriftHomogeneityTests {
  /// Haldane's moments against all ways to deal out the rows.
  @Test(arguments: [([5.0, 7], [3.0, 4, 5]), ([4, 9], [2, 5, 3, 3]), ([6, 6], [1, 10, 1])])
  func momentsAreThoseOfAllDeals(rows: [Double], columns: [Double]) {
    let total = rows[0] + rows[1]
    func ways(_ n: Double, _ k: Double) -> Double {
      stride(from: 0, to: k, by: 1).reduce(1) { $0 * (n - $1) / ($1 + 1) }
    }
    var (sum, squares, weight) = (0.0, 0.0, 0.0)
    func deal(_ column: Int, _ left: Double, _ statistic: Double, _ probability: Double) {
      if column == columns.count {
        guard left == 0 else { return }
        weight += probability
        sum += probability * statistic
        squares += probability * statistic * statistic
        return
      }
      for count in stride(from: 0, through: min(left, columns[column]), by: 1) {
        let (first, second) = (rows[0] * columns[column] / total, rows[1] * columns[column] / total)
        let gap = count - first
        deal(
          column + 1, left - count, statistic + gap * gap / first + gap * gap / second,
          probability * ways(columns[column], count))
      }
    }
    deal(0, rows[0], 0, 1)
    let moments = Homogeneity.moments(rows, columns)
    #expect(agrees(moments.mean, sum / weight))
    #expect(agrees(moments.variance, squares / weight - sum * sum / weight / weight, within: 1e-9))
  }

  @Test func twoCellsAreFishers() throws {
    for table in [[[3, 9], [8, 4]], [[0, 5], [60, 70]], [[1000, 1200], [1300, 900]]] {
      let (first, second) = (table[0].map(Double.init), table[1].map(Double.init))
      let shares = try ObservedShares(DriftCells(reference: first, current: second))
      let exact = try FisherExact.p(ContingencyTable(table))
      #expect(agrees(Homogeneity.p(shares, isOrdered: false).value, exact.value))
    }
  }

  /// Samples of one population: no more p-values below a level than that, within four standard errors of 8,000 runs. The
  /// last has categories that expect two rows and one.
  @Test(arguments: [
    (1000, 200, [0.6, 0.1] + [Double](repeating: 0.05, count: 6)), (100_000, 100, [Double](repeating: 0.1, count: 10)),
    (100_000, 100, [0.97, 0.02, 0.01]),
  ])
  func itsTailIsNoShorterThanItShouldBe(reference: Int, current: Int, shares: [Double]) throws {
    var random = Philox(Seed("tail", shares))
    var below = (twentieth: 0, hundredth: 0, thousandth: 0)
    for _ in 0..<8000 {
      // Counts of hundreds and more are as good as normal.
      let many = shares.map { share in
        let mean = share * Double(reference)
        return max(1, (mean + (mean * (1 - share)).squareRoot() * random.normal()).rounded())
      }
      let cells = DriftCells(reference: many, current: random.counts(current, shares).map(Double.init))
      let p = try Homogeneity.p(ObservedShares(cells), isOrdered: false).value
      if p <= 0.05 { below.twentieth += 1 }
      if p <= 0.01 { below.hundredth += 1 }
      if p <= 0.001 { below.thousandth += 1 }
    }
    #expect(below.twentieth <= 400 + 78)
    #expect(below.hundredth <= 80 + 36)
    #expect(below.thousandth <= 8 + 12)
    #expect(below.twentieth > 100)
  }

  /// It must not be so cautious that it stands in the way of what the interval finds.
  @Test func findsWhatIsThere() throws {
    let shares = try ObservedShares(
      DriftCells(reference: [100, 100, 100, 100], current: [60, 80, 120, 140]))
    let table = try ContingencyTable([[100, 100, 100, 100], [60, 80, 120, 140]])
    let p = Homogeneity.p(shares, isOrdered: true)
    let chiSquared = try ChiSquaredHomogeneity.test(table).p
    #expect(p >= chiSquared && p.value < 3 * chiSquared.value)
  }
}
