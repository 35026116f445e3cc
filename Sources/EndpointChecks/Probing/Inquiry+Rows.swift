internal import JSON
internal import Language
internal import Transport
internal import Verdict

extension Inquiry {
  /// What came back about some rows.
  struct Answer: Sendable {
    var predictions: Predictions
    /// The exchanges, in the order of the rows.
    var transcripts: [Transcript]

    /// The exchange that a row was asked about in: all but the last hold as many rows.
    func transcript(of row: Int) -> Transcript? {
      guard !transcripts.isEmpty else { return nil }
      let size = transcripts.count == 1 ? max(1, predictions.rows) : batch
      return transcripts[min(row / size, transcripts.count - 1)]
    }

    /// How many rows a request holds.
    var batch = 1

    /// Whether the requests of both are the same bytes to the same place.
    func asksTheSame(as other: Answer) -> Bool {
      let (ours, theirs) = (transcripts.map(\.request), other.transcripts.map(\.request))
      return ours.count == theirs.count
        && zip(ours, theirs).allSatisfy { own, their in
          own.url == their.url && own.headers == their.headers && own.body == their.body
        }
    }
  }

  /// The rows that a check asks about: its own, or those of the endpoint.
  struct AskedRows: Sendable {
    /// What is sent.
    var features: FeatureRows
    /// All columns of the file, beside them those that are not sent.
    var columns: FeatureRows
    /// Whether nobody gave any, so that they only have the form of rows.
    var areMadeUp = false
    /// What a reader of the verdict has to know of the rows: that they are made up, or not all that there are.
    var remarks: [String] = []
    /// Whether the file has more.
    var isBeginning: Bool { !remarks.isEmpty && !areMadeUp }

    /// So many of the rows, in a sentence that must not hide that there are more.
    func words(_ count: Quantity) -> String { isBeginning ? "\(count), the first of more," : "\(count)" }
  }

  /// Loads the rows of a check and picks the features among their columns: those that the config names, else those that
  /// the model declares, else all.
  ///
  /// - Parameters:
  ///   - limit: how many are read at most when the config does not say.
  ///   - others: columns that are none, unless the config names them: labels, expected predictions, keys.
  mutating func rows(
    _ options: ProbingOptions, atMost limit: Int = RowsDeclaration.smokeLimit, leavingOut others: [String] = []
  ) async throws(Complaint) -> AskedRows {
    // A signature that the config names, and that cannot be read, is not the same as none.
    if case .failure(let complaint) = await signature(), case .noRows = complaint.kind { throw complaint }
    guard let rows = options.rows ?? declaration.rows else {
      let known = await signature()
      if case .failure(let complaint) = known, case .unknownModel = complaint.kind { throw complaint }
      guard case .success(let signature) = known, let madeUp = FeatureRows(madeUpFor: signature) else {
        throw Complaint(
          .noRows(
            "there are no rows to ask about, and nobody declares what they would be: write rows: FILE, or --rows FILE",
            .nothingToEvaluate))
      }
      return AskedRows(
        features: madeUp, columns: madeUp, areMadeUp: true,
        remarks: ["the rows are made up from what the model declares"])
    }
    let loaded: RowsDeclaration.Loaded
    do throws(RowsDeclaration.Problem) {
      loaded = try rows.load(folders, atMost: limit)
    } catch {
      throw Complaint(.noRows(error.message, error.reason))
    }
    let features = try await features(of: loaded.rows, rows.features?.map(\.value), leavingOut: others)
    return AskedRows(features: features, columns: loaded.rows, remarks: [loaded.remark].compactMap { $0 })
  }

  /// The columns that are sent.
  private mutating func features(
    of columns: FeatureRows, _ named: [String]?, leavingOut others: [String]
  ) async throws(Complaint) -> FeatureRows {
    if let named {
      if let absent = named.first(where: { columns[$0] == nil }) {
        throw Complaint(.noRows("the rows have no column \(absent), which features: names", .nothingToEvaluate))
      }
      return try await fitting(columns.selecting(named))
    }
    let candidates = columns.without(others)
    guard case .success(let signature) = await signature(), !signature.inputs.isEmpty, signature.matrix == nil else {
      return try await fitting(candidates)
    }
    let absent = signature.inputs.filter { candidates[$0.name] == nil && !$0.isOptional }.map(\.name)
    guard absent.isEmpty else {
      throw Complaint(
        .noRows(
          "the rows have no column \(absent.joined(separator: ", ")), which the model declares as input; "
            + "name the columns to send with rows: {file: …, features: […]}", .nothingToEvaluate))
    }
    return try await fitting(candidates.selecting(signature.inputs.map(\.name)))
  }

  /// The features, when each holds what the model declares for it.
  private mutating func fitting(_ features: FeatureRows) async throws(Complaint) -> FeatureRows {
    guard case .success(let signature) = await signature() else { return features }
    for column in features.columns {
      let declared = signature.matrix ?? signature.input(column.name)
      guard let datatype = declared?.datatype, let row = column.misfit(datatype) else { continue }
      let kind = column.values[row].kind
      throw Complaint(
        .noRows(
          "row \(row + 1) of the rows has \(kind == "object" ? "an" : "a") \(kind) in \(column.name), which the model declares as "
            + "\(datatype.rawValue)", .nothingToEvaluate))
    }
    return features
  }

  /// Servers bound the size of a body, and so does the transport that of a reply.
  private static let rowsPerRequest = 1000

  /// Asks about rows, in as few requests as the protocol allows, at most so many at once.
  mutating func predict(
    _ rows: FeatureRows, _ options: ProbingOptions, concurrently width: Int = 1
  ) async throws(Complaint) -> Answer {
    try await predict(rows, as: encoding(options), concurrently: width)
  }

  /// Asks about rows that are written in one way.
  mutating func predict(
    _ rows: FeatureRows, as encoding: RowEncoding, concurrently width: Int = 1
  ) async throws(Complaint) -> Answer {
    let size = min(preset.rowsPerRequest ?? Self.rowsPerRequest, max(rows.count, 1))
    let batches = stride(from: 0, to: rows.count, by: max(1, size)).map { start in
      rows.rows(start..<min(rows.count, start + size))
    }
    var whole: Answer?
    for answer in await predict(each: batches.isEmpty ? [rows] : batches, as: encoding, concurrently: width) {
      let answer = try answer.get()
      // What a batch lacks must not be made up for by another one.
      if batches.count > 1 { _ = try OutputTable(answer.predictions) }
      if let first = whole {
        whole = Answer(
          predictions: first.predictions.appending(answer.predictions),
          transcripts: first.transcripts + answer.transcripts, batch: max(1, size))
      } else {
        whole = answer
      }
    }
    guard let whole else { throw Complaint(.noRows("there are no rows to ask about", .nothingToEvaluate)) }
    return whole
  }

  /// Asks about batches of rows, each in a request of its own, at most so many at once. The answers are in the order of the
  /// batches; a cancelled task and a reply that does not come end it early, with fewer of them.
  mutating func predict(
    each batches: [FeatureRows], as encoding: RowEncoding, concurrently width: Int = 1
  ) async -> [Result<Answer, Complaint>] {
    if let complaint = await missingExtension(encoding) { return batches.map { _ in .failure(complaint) } }
    let declared: ModelSignature?
    do throws(Complaint) {
      declared = try await knownSignature().signature
    } catch {
      return batches.map { _ in .failure(error) }
    }
    let preset = preset
    let plans = batches.map { rows in
      Result { () throws(Complaint) in try preset.request(for: rows, encoding, declared) }
    }
    var transcripts = await send(plans.compactMap { try? $0.get() }, concurrently: width)[...]
    return zip(batches, plans).compactMap { rows, plan in
      if case .failure(let complaint) = plan { return .failure(complaint) }
      return transcripts.popFirst().map { answer(about: rows, encoding, $0) }
    }
  }

  /// What is missing for an encoding that not every server reads: it is sent only where it is advertised.
  private mutating func missingExtension(_ encoding: RowEncoding) async -> Complaint? {
    guard let (request, needed) = preset.extensionsRequest(encoding) else { return nil }
    let transcript = await send(request)
    if let error = transcript.failure { return Complaint(.transport(error), in: transcript) }
    let document = reply(of: transcript).flatMap { try? $0.document.get() }
    let advertised = document?["extensions"]?.arrayValue ?? []
    guard !advertised.contains(.string(needed)) else { return nil }
    return Complaint(.unwritable("the server does not advertise \(needed), so nothing is sent in it"), in: transcript)
  }

  /// How the rows of a check are written.
  func encoding(_ options: ProbingOptions) -> RowEncoding {
    options.encoding?.value ?? declaration.encoding?.value ?? .standard
  }

  /// What an exchange says about the rows that it asked about.
  func answer(
    about rows: FeatureRows, _ encoding: RowEncoding = .standard, _ transcript: Transcript
  ) -> Result<Answer, Complaint> {
    if let error = transcript.failure { return .failure(Complaint(.transport(error), in: transcript)) }
    guard let reply = reply(of: transcript) else { return .failure(Complaint(.unusable("no reply"), in: transcript)) }
    let status = reply.response.status
    // A part is answered to whoever asked for one.
    guard (200..<300).contains(status), status != 206 else {
      return .failure(Complaint(.refused(status: status, preset.errorText(in: reply)), in: transcript))
    }
    do throws(Complaint) {
      let predictions = try preset.predictions(in: reply, about: rows.count)
      guard !predictions.outputs.isEmpty else { throw Complaint(.unusable("the reply has no outputs")) }
      return .success(Answer(predictions: predictions, transcripts: [transcript]))
    } catch {
      return .failure(Complaint(error.kind, in: transcript))
    }
  }
}
