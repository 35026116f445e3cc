import Glibc
import Testing

@testable import Statistics

/// The laws of the distances between distributions over categories, and the inequalities between them.
@Suite struct InformationDistanceTests {
  private static let triples: [[Counts]] = {
    var random = Philox(Seed(13))
    return (0..<80).compactMap { _ in try? random.table(rows: 3, columns: 6, below: 9).map { try Counts($0) } }
  }()

  @Test func distancesAreSymmetricBoundedAndObeyTheTriangle() throws {
    let distances: [(Counts, Counts) throws -> Double] = [
      { try JensenShannon.distance($0, $1) }, { try Hellinger.distance($0, $1) },
      { try TotalVariation.distance($0, $1) }, { try LInfinity.distance($0, $1) },
    ]
    for distance in distances {
      for triple in Self.triples {
        let (ab, bc, ac) = try (
          distance(triple[0], triple[1]), distance(triple[1], triple[2]), distance(triple[0], triple[2])
        )
        #expect(try distance(triple[1], triple[0]) == ab)
        #expect(try distance(triple[0], triple[0]) == 0)
        #expect((0...1).contains(ab))
        #expect(ac <= ab + bc + 1e-12)
      }
      #expect(agrees(try distance(Counts([3, 0]), Counts([0, 8])), 1))
      #expect(throws: Undefined.lengthsDiffer(1, 2)) { try distance(Counts([3]), Counts([1, 2])) }
    }
  }

  @Test func theKnownInequalitiesHold() throws {
    for triple in Self.triples {
      let (p, q) = (triple[0], triple[1])
      let (hellinger, variation) = try (Hellinger.distance(p, q), TotalVariation.distance(p, q))
      #expect(hellinger * hellinger <= variation + 1e-12)
      #expect(variation <= hellinger * 2.0.squareRoot() + 1e-12)
      #expect(try LInfinity.distance(p, q) <= variation + 1e-12)
      #expect(agrees(try Hellinger.bhattacharyya(p, q), 1 - hellinger * hellinger))
      // Lin: the divergence in bits is at most the total variation.
      #expect(try JensenShannon.divergence(p, q) <= variation + 1e-12)
      // Pinsker.
      if let divergence = try? KullbackLeibler.divergence(of: p, from: q) {
        #expect(variation <= (divergence / 2).squareRoot() + 1e-12)
      }
    }
  }

  @Test func totalVariationIsTheLargestDifferenceOfAnySet() throws {
    for triple in Self.triples {
      let (p, q) = (triple[0].shares, triple[1].shares)
      var largest = 0.0
      for set in 0..<(1 << p.count) {
        let members = p.indices.filter { set >> $0 & 1 == 1 }
        largest = max(largest, members.map { p[$0] - q[$0] }.reduce(0, +))
      }
      #expect(agrees(try TotalVariation.distance(triple[0], triple[1]), largest, within: 1e-11))
    }
  }

  @Test func jensenShannonIsTheEntropyThatMixingAdds() throws {
    for triple in Self.triples {
      let (p, q) = (triple[0], triple[1])
      let mixed = try Counts(zip(p.shares, q.shares).map { ($0 + $1) / 2 })
      let added = Entropy.value(mixed) - (Entropy.value(p) + Entropy.value(q)) / 2
      #expect((try JensenShannon.divergence(p, q, in: .nats) - added).magnitude < 1e-14)
      let distance = try JensenShannon.distance(p, q, in: .bits)
      #expect(agrees(try JensenShannon.divergence(p, q, in: .nats), distance * distance * log(2)))
    }
  }

  @Test func kullbackLeibler() throws {
    let (p, q) = try (Counts([1, 1]), Counts([1, 3]))
    #expect(agrees(try KullbackLeibler.divergence(of: p, from: q), 0.5 * log(2) + 0.5 * log(2 / 3.0)))
    #expect(agrees(try KullbackLeibler.divergence(of: p, from: q, in: .bits), 0.5 + 0.5 * log2(2 / 3.0)))
    #expect(try KullbackLeibler.divergence(of: p, from: Counts([20, 20])) == 0)
    #expect(agrees(try KullbackLeibler.divergence(of: Counts([5, 0]), from: p), log(2)))
    #expect(throws: Undefined.noOverlap) { try KullbackLeibler.divergence(of: p, from: Counts([5, 0])) }
    #expect(throws: Undefined.lengthsDiffer(2, 1)) { try KullbackLeibler.divergence(of: p, from: Counts([5])) }
  }

  @Test func hellingerKeepsItsDigitsForSmallDrift() throws {
    // Shares 1/2 +- d: sqrt(1 - (sqrt(1 + 2d) + sqrt(1 - 2d))/2) = d / sqrt 2 (1 + …).
    let half = 500_000_000
    let distance = try Hellinger.distance(Counts([half, half]), Counts([half + 1, half - 1]))
    #expect(agrees(distance, 1e-9 / 2.0.squareRoot(), within: 1e-14))
  }
}
