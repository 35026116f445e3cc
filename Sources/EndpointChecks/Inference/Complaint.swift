internal import JSON
internal import Transport
internal import Verdict

/// Why a question about some rows brought no predictions.
struct Complaint: Error, Sendable {
  var kind: Kind
  /// The exchange that it is about; nil when nothing was sent.
  var transcript: Transcript?
  /// Where the config says what cannot be had.
  var location: SourceLocation?

  enum Kind: Sendable {
    /// There are no rows to ask about, or they cannot be read.
    case noRows(String, Reason)
    /// What was asked about cannot be told from the answers.
    case undecided(String)
    /// The protocol has no way to write these rows.
    case unwritable(String)
    /// The server does not tell what the model's inputs and outputs are.
    case undeclared(String)
    /// The server is there, and has no model of that name.
    case unknownModel(String)
    /// No complete response came.
    case transport(TransportError)
    /// The status is no success; with what the server says of it.
    case refused(status: Int, String?)
    /// The reply holds no predictions: no JSON, none of the protocol's form, not one for each row.
    case unusable(String)
  }

  init(_ kind: Kind, in transcript: Transcript? = nil, at location: SourceLocation? = nil) {
    self.kind = kind
    self.transcript = transcript
    self.location = location
  }

  /// What happened, in one clause.
  var words: String {
    switch kind {
    case .noRows(let message, _), .undecided(let message), .unwritable(let message), .undeclared(let message),
      .unknownModel(let message), .unusable(let message):
      message
    case .transport(let error): "\(error)"
    case .refused(let status, let words): "status \(status)" + (words.map { ": \($0)" } ?? "")
    }
  }

  /// The verdict of a check that cannot go on without these predictions.
  ///
  /// - Parameter wasReached: whether the endpoint answered anything before, so that silence is its own fault.
  func judgement(wasReached: Bool) -> Judgement {
    var judgement: Judgement
    switch kind {
    case .noRows(let message, let reason): judgement = Judgement(.errored, message, reason: reason)
    case .undecided(let message), .unwritable(let message):
      judgement = Judgement(.errored, message, reason: .nothingToEvaluate)
    case .undeclared(let message):
      judgement = Judgement(.errored, "metadata unavailable: \(message)", reason: .metadataUnavailable)
    case .unknownModel(let message):
      judgement = Judgement(.failed, message, evidence: Evidence(limit: .text("the model that was validated")))
    case .transport(let error): judgement = Judgement(of: error, wasReached: wasReached)
    case .refused(let status, let words):
      judgement = Judgement(
        .failed, "the rows were answered with status \(status)" + (words.map { ": \($0)" } ?? ""),
        evidence: Evidence(observed: Quantity(Double(status)), limit: .text("a prediction for each row")))
    case .unusable(let message):
      judgement = Judgement(.failed, message, evidence: Evidence(limit: .text("a prediction for each row")))
    }
    judgement.decisive = transcript
    judgement.location = location
    return judgement
  }
}

extension Reply {
  /// The JSON of the body.
  func json() throws(Complaint) -> JSONValue {
    switch document {
    case .success(let document): return document
    case .failure(let problem): throw Complaint(.unusable(problem.message))
    }
  }
}
