internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// Who else says something of the same rows: what `parity:` compares an endpoint with.
enum ParityPeer: Sendable {
  case predictions(OfflinePredictions)
  case endpoint(OtherEndpoint)
  /// The endpoint itself, asked in other ways.
  case encodings([Located<RowEncoding>])

  /// A file of predictions, joined with the rows by a key.
  struct OfflinePredictions: Sendable {
    var file: Located<String>?
    var key: Located<String>?
    /// Whether the file has the rows in the same order, so that it needs no key.
    var isInOrder = false
    var expectation = ExpectedColumns()

    static var shape: Shape<OfflinePredictions> {
      Shape<OfflinePredictions>.object(
        OfflinePredictions(),
        [
          .key("file", \.file, Shape<String>.name.located.optional, "The file of predictions.", required: true),
          .optional("key", \.key, Shape<String>.name.located, "The column, here and among the rows, that names a row."),
          .key("in_order", \.isInOrder, .bool, "Says that the file has the rows in the same order, without a key."),
          .key(
            "expect", \.expectation, ExpectedColumns.shape,
            "The column of predictions, or one for each output: {probability: score}.", required: true),
        ]
      ) { offline, node, problems in
        if (offline.key == nil) != offline.isInOrder {
          problems.report(
            offline.key == nil ? "nothing says which prediction belongs to which row" : "the key says which row it is",
            at: node.location, help: ["write key: COLUMN, or in_order: true"])
        }
      }
    }
  }

  /// Another endpoint of the same protocol: the one that is served today, a shadow, a canary.
  struct OtherEndpoint: Sendable {
    var url: Located<EndpointURL>?
    var protocolName: ProtocolName?
    var model: Located<String>?
    var version: Located<String>?
    var headers: [HTTPHeaders.Field] = []
    /// The captured values that stand in the headers.
    var references: [CaptureReference] = []
    var authentication: Authentication?
    var tls: ConnectionDeclaration.TLS?

    static var shape: Shape<OtherEndpoint> {
      Shape<OtherEndpoint>.object(
        OtherEndpoint(),
        [
          .key("url", \.url, Shape<EndpointURL>.endpointURL.located.optional, "Where it is.", required: true),
          .optional("protocol", \.protocolName, .choice, "What it speaks; the same when left out."),
          .optional(
            "model", \.model, Shape<String>.pathSegment.located,
            "Its model's name; the same when left out."),
          .optional(
            "version", \.version, Shape<String>.pathSegment.located, "Its model's version."),
          .key(
            "headers", \.headers, .headerFields,
            "Headers sent to it, with {{name}} for captured values. Those of the endpoint are not."),
          .optional(
            "auth", \.authentication, Authentication.shape,
            "Who we are to it. Nobody when left out."),
          .optional(
            "tls", \.tls, ConnectionDeclaration.tls,
            "Whom to trust there, and who we are; as with the endpoint, but without its certificate, when left out."
          ),
        ]
      ) { other, _, problems in
        if let url = other.url, url.value.port == nil {
          problems.report("the other endpoint is not started here, so write its port", at: url.location)
        }
      }.map { other, node, _ in
        var other = other
        other.references = CaptureReference.all(in: node[key: "headers"]?.value)
        return other
      }
    }

    /// It as a declaration: what is not said is as with the endpoint beside it.
    func declaration(beside first: EndpointDeclaration) -> EndpointDeclaration {
      var other = first
      other.url = url
      if let protocolName { other.protocolName = protocolName }
      if let model { other.model = model }
      other.version = version
      other.headers = headers
      other.authentication = authentication
      other.connection = first.connection.withoutIdentity
      if let tls { other.connection.tls = tls }
      return other
    }
  }
}

extension ParityPeer.OfflinePredictions {
  /// The predictions of the file for each of the rows.
  ///
  /// - Parameter found: what the endpoint gave.
  func table(
    for rows: FeatureRows, beside found: OutputTable, _ folders: EndpointFolders
  ) throws(Complaint) -> OutputTable {
    let path = file?.value ?? ""
    let columns: FeatureRows
    do throws(RowsDeclaration.Problem) {
      guard let file else { throw RowsDeclaration.Problem(message: "no file is named", reason: .nothingToEvaluate) }
      let loaded = try RowsDeclaration(source: .file(file)).load(folders, atMost: RowsDeclaration.wholeLimit)
      if let remark = loaded.remark { throw RowsDeclaration.Problem(message: remark, reason: .nothingToEvaluate) }
      columns = loaded.rows
    } catch {
      throw Complaint(.noRows(error.message, error.reason))
    }
    let table = try expectation.table(of: columns, beside: found)
    for output in table.outputs {
      let blank = output.rows.indices.filter { output.isMissing($0) }
      guard blank.isEmpty else {
        throw Complaint(
          .unusable(
            "\(path) has no prediction of \(output.name) for \(Quantity(Double(blank.count), .rows)) of "
              + "\(Quantity.grouped(table.count)), the first in row \(blank[0] + 1)"))
      }
    }
    guard let key else {
      guard columns.count == rows.count else {
        let (there, here) = (Quantity(Double(columns.count), .rows), Quantity(Double(rows.count), .rows))
        throw Complaint(
          .noRows("\(path) has \(there) for \(here), so the order does not say which is which", .nothingToEvaluate))
      }
      return table
    }
    guard let theirs = columns[key.value], let ours = rows[key.value] else {
      let side = columns[key.value] == nil ? path : "the file of rows"
      throw Complaint(.noRows("\(side) has no column \(key.value), by which rows are joined", .nothingToEvaluate))
    }
    var places: [String: Int] = [:]
    for (place, value) in theirs.values.enumerated() {
      let name = Self.name(value)
      guard places.updateValue(place, forKey: name) == nil else {
        throw Complaint(
          .noRows("\(path) has \(key.value) = \(name) twice, so it does not say which is which", .nothingToEvaluate))
      }
    }
    let found = ours.values.map { places[Self.name($0)] }
    let absent = found.indices.filter { found[$0] == nil }
    guard absent.isEmpty else {
      let first = Self.name(ours.values[absent[0]])
      throw Complaint(
        .unusable(
          "\(path) has no prediction for \(Quantity(Double(absent.count), .rows)) of \(Quantity.grouped(rows.count)), "
            + "the first with \(key.value) = \(first)"))
    }
    return table.rows(found.compactMap { $0 })
  }

  /// What a row is called: 1 by itself and as 1.0, which is how a column of integers with a gap is often written.
  private static func name(_ value: JSONValue) -> String {
    value.numberValue?.int64.map { String($0) } ?? OutputDifferences.text([value])
  }
}
