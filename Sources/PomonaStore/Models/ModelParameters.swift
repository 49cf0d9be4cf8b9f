import Foundation

/// What was asked for when a model was made; what ``Model/parameters`` keeps as JSON.
public struct ModelParameters: Codable, Hashable, Sendable {
    /// The names of the datasets it learns from; one, unless the studio let choose several.
    public var trainingDatasets: [String]

    /// The name of the dataset that the finished model is measured on; `nil` measures on a held-out part.
    public var evaluationDataset: String?

    /// The longest that training may take.
    public var budgetSeconds: Double

    /// What else the studio let choose; `nil` for models that were asked for in other ways.
    public var choices: Choices?

    public init(
        trainingDatasets: [String], evaluationDataset: String? = nil, budgetSeconds: Double, choices: Choices? = nil
    ) {
        self.trainingDatasets = trainingDatasets
        self.evaluationDataset = evaluationDataset
        self.budgetSeconds = budgetSeconds
        self.choices = choices
    }

    /// What a person chose in the studio.
    public struct Choices: Codable, Hashable, Sendable {
        /// A dataset as it was when the model was asked for.
        public struct DatasetVersion: Codable, Hashable, Sendable {
            public var id: Dataset.ID
            public var name: String
            public var version: Int

            public init(id: Dataset.ID, name: String, version: Int) {
                self.id = id
                self.name = name
                self.version = version
            }
        }

        public var training: [DatasetVersion]
        public var evaluation: DatasetVersion?

        /// The id and the name of the weights to start from; `nil` for none.
        public var foundationID: String?
        public var foundationName: String?
        public var seed: UInt64

        /// All tags of the datasets.
        public var labels: [String]

        public init(
            training: [DatasetVersion], evaluation: DatasetVersion?, foundationID: String?, foundationName: String?,
            seed: UInt64, labels: [String]
        ) {
            self.training = training
            self.evaluation = evaluation
            self.foundationID = foundationID
            self.foundationName = foundationName
            self.seed = seed
            self.labels = labels
        }
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
