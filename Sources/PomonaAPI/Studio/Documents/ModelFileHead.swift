import Foundation
import PomonaModel

/// What the head of a model file says beside its numbers.
struct ModelFileHead {
    var labels: [String]
    var recipe: [String: RecipeValue]
    var provenance: [String: String]

    /// Reads the head only; `nil` for a file that is no model's.
    init?(path: String) {
        guard let file = try? SafetensorsFile(path: path), let description = try? ModelDescription(file: file) else {
            return nil
        }
        labels = description.labels
        provenance = description.provenance
        let text = provenance.removeValue(forKey: "recipe") ?? "{}"
        recipe = (try? JSONDecoder().decode([String: RecipeValue].self, from: Data(text.utf8))) ?? [:]
        for (key, name) in [("dataset", "datasetHash"), ("program", "programVersion")] {
            if let value = provenance.removeValue(forKey: key) { provenance[name] = value }
        }
        // Figures are shown elsewhere, and are long.
        provenance["metrics"] = nil
        for (key, value) in provenance where value.count > 500 { provenance[key] = nil }
    }
}
