import Testing

@testable import Statistics

@Suite struct SymmetricMatrixTests {
  private static func matrix(_ rows: [[Double]]) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(rows.count)
    for row in rows.indices { for column in row..<rows.count { matrix[row, column] = rows[row][column] } }
    return matrix
  }

  /// A random matrix with all eigenvalues above 0: a sum of products of rows with themselves.
  private static func random(_ count: Int, _ seed: UInt64) -> SymmetricMatrix {
    var generator = Philox(Seed(seed))
    var matrix = SymmetricMatrix(count)
    for _ in 0..<count + 3 { matrix.addAbove((0..<count).map { _ in generator.uniform() - 0.5 }) }
    for row in 0..<count { for column in row..<count { matrix[row, column] = matrix[row, column] } }
    return matrix
  }

  @Test func eigenvaluesByHand() {
    let two = Self.matrix([[2, 1], [1, 2]]).eigen
    #expect(agrees(two[0].value, 3) && agrees(two[1].value, 1))
    #expect(agrees(two[0].vector[0], two[0].vector[1]) && agrees(two[1].vector[0], -two[1].vector[1]))
    // A cosine matrix of a ring of three: 3, 0, 0.
    let ring = Self.matrix([[1, 1, 1], [1, 1, 1], [1, 1, 1]]).eigen.map(\.value)
    #expect(agrees(ring[0], 3) && ring[1].magnitude < 1e-14 && ring[2].magnitude < 1e-14)
    #expect(Self.matrix([[5]]).eigen.map(\.value) == [5])
  }

  @Test(arguments: [2, 5, 17]) func vectorsPutTheMatrixTogether(count: Int) {
    let matrix = Self.random(count, UInt64(count))
    let eigen = matrix.eigen
    for row in 0..<count {
      for column in 0..<count {
        let sum = eigen.reduce(0) { $0 + $1.value * $1.vector[row] * $1.vector[column] }
        #expect((sum - matrix[row, column]).magnitude < 1e-12)
        let product = zip(eigen[row].vector, eigen[column].vector).reduce(0) { $0 + $1.0 * $1.1 }
        #expect((product - (row == column ? 1 : 0)).magnitude < 1e-12)
      }
    }
    #expect(zip(eigen, eigen.dropFirst()).allSatisfy { $0.value >= $1.value })
  }

  @Test(arguments: [1, 4, 12]) func solutionsSolve(count: Int) throws {
    let matrix = Self.random(count, UInt64(100 + count))
    let right = (0..<count).map { Double($0) - 2 }
    let solution = try #require(matrix.solution(right))
    for row in 0..<count {
      let sum = (0..<count).reduce(0) { $0 + matrix[row, $1] * solution[$1] }
      #expect((sum - right[row]).magnitude < 1e-9)
    }
  }

  @Test func noneWhereThereIsNone() {
    #expect(Self.matrix([[1, 2], [2, 1]]).solution([1, 1]) == nil)
    #expect(Self.matrix([[0]]).solution([1]) == nil)
  }
}
