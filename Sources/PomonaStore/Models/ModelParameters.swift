import Foundation

/// What was asked for when a model was made; what ``Model/parameters`` keeps as JSON.
public struct ModelParameters: Codable, Hashable, Sendable {
    /// The names of the datasets it learns from; one, unless the studio let choose several.
    public var trainingDatasets: [String]

    /// The name of the dataset that the finished model is measured on; `nil` measures on a held-out part.
    public var evaluationDataset: String?

    /// The longest that training may take.
    public var budgetSeconds: Double

    public init(trainingDatasets: [String], evaluationDataset: String? = nil, budgetSeconds: Double) {
        self.trainingDatasets = trainingDatasets
        self.evaluationDataset = evaluationDataset
        self.budgetSeconds = budgetSeconds
    }

    /// Reads what a model keeps.
    ///
    /// - Throws: `DecodingError` for a text that is not of this form.
    public init(of model: Model) throws {
        self = try JSONDecoder().decode(ModelParameters.self, from: Data(model.parameters.utf8))
    }

    /// As a model keeps it.
    public func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
