import Testing

@testable import Statistics

/// The cases that TensorFlow Data Validation's own tests publish (anomalies/metrics_test.cc), as facts.
@Suite struct BucketHistogramTests {
  private typealias Case = (first: BucketHistogram, second: BucketHistogram, divergence: Double)

  private static func histogram(_ buckets: [(Double, Double, Double)], nan: Double = 0) -> BucketHistogram {
    BucketHistogram(buckets.map { .init($0.0, $0.1, $0.2) }, nanCount: nan)
  }

  @Test func theDivergencesAreThoseOfTheirTests() throws {
    let cases: [Case] = [
      // Different boundaries, half of them shared.
      (
        Self.histogram([(1, 2, 2), (2, 3, 2)]), Self.histogram([(2, 4, 2), (4, 6, 2)]), 0.65563906222
      ),
      // Nothing in common; one value against many; two values; a value within a range of the other.
      (Self.histogram([(0, 1, 2), (1, 2, 2)]), Self.histogram([(3, 4, 2), (4, 6, 2)]), 1),
      (Self.histogram([(1, 1, 4)]), Self.histogram([(2, 4, 2), (4, 6, 2)]), 1),
      (Self.histogram([(1, 1, 4)]), Self.histogram([(2, 2, 4)]), 1),
      (Self.histogram([(10, 10, 21)]), Self.histogram([(0, 4, 150), (4, 12, 200), (12, 20, 20)]), 1),
      (Self.histogram([(1, 2, 3)], nan: 1), Self.histogram([(1, 2, 4)]), 0.13792538096),
    ]
    for (first, second, divergence) in cases {
      #expect(agrees(try JensenShannon.divergence(first, second), divergence, within: 1e-10))
      #expect(agrees(try JensenShannon.divergence(second, first), divergence, within: 1e-10))
    }
  }

  @Test func theSameIsTheSameUnlessItIsNoNumber() throws {
    let buckets: [(Double, Double, Double)] = [
      (1, 2.3333333, 2.9866667), (2.3333333, 3.6666667, 1.0066667), (3.6666667, 5, 2.0066667),
    ]
    let histogram = Self.histogram(buckets)
    #expect(try JensenShannon.divergence(histogram, histogram) == 0)
    // One of two rows each is a NaN, which never equals another one: half of the mass differs.
    let nan = Self.histogram([(1, 2, 1)], nan: 1)
    #expect(agrees(try JensenShannon.divergence(nan, nan), 0.5))
    let infinite = Self.histogram([(1, 2, 1), (2, .infinity, 1)])
    #expect(agrees(try JensenShannon.divergence(infinite, infinite), 0.5))
  }

  @Test func noRowsAreNoDivergence() {
    let some = Self.histogram([(0, 4, 10)])
    for none in [Self.histogram([]), Self.histogram([(0, 4, 0)])] {
      #expect(throws: Undefined.noObservations) { try JensenShannon.divergence(none, some) }
    }
  }

  /// Cutting buckets, within which rows lie evenly, changes nothing.
  @Test func bucketsAreCutEvenly() throws {
    let whole = Self.histogram([(0, 8, 80), (8, 12, 20)])
    let cut = Self.histogram([(0, 2, 20), (2, 7, 50), (7, 8, 10), (8, 12, 20)])
    #expect(try JensenShannon.divergence(whole, cut) < 1e-15)
    let cells = BucketHistogram.aligned(whole, cut)
    #expect(cells.first == [20, 50, 10, 20] && cells.second == [20, 50, 10, 20])
  }
}
