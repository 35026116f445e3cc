extension TextRows {
  package static let metrics: [MetricDefinition<TextRows>] =
    [
      ExactMatch.text,
      TokenF1.text,
      RougeL.text,
      WordErrorRate.text,
      CharacterErrorRate.text,
      TranslationEditRate.text,
      CHRF.text,
    ] + BLEU.definitions
}
