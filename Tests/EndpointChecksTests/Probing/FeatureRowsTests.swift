import JSON
import Scan
import TestSupport
import Testing

@testable import EndpointChecks

/// Rows from files and from the config, and the element types that they are sent as.
@Suite struct FeatureRowsTests {
  private func rows(_ text: String, _ name: String = "rows.csv", limit: Int = 100) throws -> FeatureRows {
    let folder = try TemporaryFolder()
    try folder.write(text, to: name)
    let source = TableSource(path: folder.path + "/" + name, displayedAs: name)
    return try withExtendedLifetime(folder) { try FeatureRows.beginning(of: source, rows: limit).rows }
  }

  @Test func columnsOfCSVAreWhatAllTheirValuesAre() throws {
    let rows = try rows("i,f,b,t,zip,n,m\n1,1.50,true,AA,01234,,1\n2,NaN,false,\"7\",99999,,x\n")
    #expect(rows.count == 2)
    #expect(rows.columns.map(\.kind) == [.integer, .number, .boolean, .text, .text, .empty, .text])
    #expect(rows["i"]?.values == [1, 2])
    #expect(rows["f"]?.values[0].description == "1.50")
    #expect(rows["f"]?.values[1].isNaNOrInfinity == true)
    #expect(rows["t"]?.values == ["AA", "7"])
    #expect(rows["zip"]?.values == ["01234", "99999"])
  }

  @Test func jsonLinesKeepTheirKinds() throws {
    let rows = try rows(
      #"{"a":1,"b":"1","c":[1,2],"d":null}"# + "\n" + #"{"a":2.5,"b":"x","c":[],"d":true}"#, "r.jsonl")
    #expect(rows["a"]?.values == [1, 2.5])
    #expect(rows["b"]?.values == ["1", "x"])
    #expect(rows["c"]?.values == [[1, 2], []])
    #expect(rows["d"]?.values == [.null, true])
  }

  @Test func noMoreThanTheLimitIsRead() throws {
    let text = "x\n" + (0..<1000).map { "\($0)\n" }.joined()
    #expect(try rows(text, limit: 7).count == 7)
  }

  @Test func partsKeepTheOrderThatIsAskedFor() throws {
    let rows = FeatureRows([.init(name: "a", values: [1, 2, 3]), .init(name: "b", values: ["x", "y", "z"])])
    #expect(rows.rows([2, 0, 2]).lists == [[3, "z"], [1, "x"], [3, "z"]])
    #expect(rows.selecting(["b", "nope", "a"]).names == ["b", "a"])
    #expect(rows.without(["a"]).records == [["b": "x"], ["b": "y"], ["b": "z"]])
    #expect(rows.replacing("a", with: [7, 8, 9]).lanes == ["a": [7, 8, 9], "b": ["x", "y", "z"]])
  }

  static let casts: [(Datatype, JSONValue, JSONValue?)] = [
    (.fp64, 95, 95.0), (.fp32, true, 1), (.fp64, "1.5", 1.5), (.fp64, "x", nil), (.fp64, [1], [1.0]),
    (.fp64, ["x"], nil), (.fp64, ["a": 1], nil),
    (.int64, 3.0, 3), (.int64, 1.5, 1.5), (.int32, "12", 12), (.int64, "1.5", nil),
    (.bool, 1, true), (.bool, "false", false), (.bool, 2, nil),
    (.bytes, "a", "a"), (.bytes, 1.5, "1.5"), (.bytes, true, "true"), (.fp64, .null, .null),
  ]

  @Test(arguments: casts)
  func valuesBecomeElements(_ datatype: Datatype, _ value: JSONValue, _ element: JSONValue?) {
    #expect(datatype.element(value) == element)
  }

  @Test func rowsAreMadeUpOfWhatIsDeclared() throws {
    func rows(_ inputs: ModelSignature.Tensor...) -> FeatureRows? {
      FeatureRows(madeUpFor: ModelSignature(inputs: inputs))
    }
    #expect(rows() == nil)
    let mixed = try #require(rows(.init(name: "x", datatype: .fp32), .init(name: "s", datatype: .bytes)))
    #expect(mixed.names == ["x", "s"] && mixed.columns.map(\.kind) == [.number, .text] && mixed.count == 2)
    #expect(rows(.init(name: "in", datatype: .fp32, shape: [-1, 3]))?.names == ["in_1", "in_2", "in_3"])
    let beside = try #require(
      rows(.init(name: "v", datatype: .fp32, shape: [-1, 2]), .init(name: "i", datatype: .int64, shape: [-1, 2, 2])))
    #expect(beside["v"]?.values == [[1.0, 1.0], [2.5, 2.5]])
    #expect(beside["i"]?.values == [[[1, 1], [1, 1]], [[2, 2], [2, 2]]])
    // A server may say anything.
    #expect(rows(.init(name: "in", datatype: .fp32, shape: [-1, .max]))?.names == ["in"])
  }

  /// A vector of each row is a tensor of one more dimension.
  @Test func vectorsAreTensors() {
    let declared = ModelSignature.Tensor(name: "v", datatype: .fp32, shape: [-1, 3])
    let column = FeatureRows.Column(name: "v", values: [[1, 2, 3], [4, 5, 6.5]])
    let flat = column.tensor(as: declared, number: nil, .standard)
    #expect(flat == InputTensor(datatype: .fp32, shape: [2, 3], data: [1.0, 2.0, 3.0, 4.0, 5.0, 6.5]))
    #expect(column.misfit(.fp32) == nil)
    let undeclared = column.tensor(as: nil, number: .fp64, .standard)
    #expect(undeclared.datatype == .fp64 && undeclared.shape == [2, 3])
    // Lists of different lengths are no tensor, and go as they are.
    let ragged = FeatureRows.Column(name: "v", values: [[1, 2], [3]])
    #expect(ragged.tensor(as: nil, number: nil, .standard).shape == [2])
    let words = FeatureRows.Column(name: "s", values: [["a", "b"], ["c", "d"]])
    let texts = words.tensor(as: .init(name: "s", datatype: .bytes, shape: [-1, 2]), number: nil, .standard)
    #expect(texts == InputTensor(datatype: .bytes, shape: [2, 2], data: ["a", "b", "c", "d"]))
    #expect(words.tensor(as: .init(name: "s", datatype: .bytes, shape: [-1]), number: nil, .standard).shape == [2])
  }

  @Test func whatIsNoElementStaysAndIsFound() {
    let column = FeatureRows.Column(name: "x", values: [1, "x", .null, true])
    #expect(column.misfit(.fp64) == 1)
    #expect(column.cast(to: .fp64) == [1, "x", .null, 1])
  }

  @Test func anIntegerIsNoIntegerWhereFloatsAreDeclared() {
    #expect(Datatype.fp64.element(95)?.description == "95.0")
    #expect(Datatype.int64.element(95.0)?.description == "95")
  }
}
