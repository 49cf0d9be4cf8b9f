import Foundation
import PomonaCore
import PomonaEngine
import PomonaEvaluation
import PomonaImaging

/// A picture on a report page.
struct ReportPhoto {
    var image: RGBImage
    var caption: String
}

/// A page with a model's figures, curves, confusions and worst mistakes; one folder, opened by any browser offline.
struct EvaluationReport {
    let title: String
    let result: EvaluationResult
    var training: TrainingResult?
    /// Photos without labels that the model was tried on.
    var examples: [ReportPhoto] = []

    init(title: String, result: EvaluationResult) {
        self.title = title
        self.result = result
    }

    static let mostMistakes = 24
    private static let widest = ImageSize(width: 480, height: 480)

    /// Writes the page and its pictures.
    ///
    /// - Parameter set: The labelled photos that were measured.
    /// - Returns: The path of the page.
    func write(to folder: String, set: TrainingSet) throws -> String {
        try OutputFile.makeFolder(folder)
        var sections: [String] = []
        if let detection = result.detection {
            sections.append(figures(detection))
            if !examples.isEmpty { sections.append(try gallery("Tried on new photos", examples, "example", folder)) }
            sections.append("<h2>Precision and recall</h2>\n" + PrecisionRecallChart(tags: detection.tags).svg)
            sections.append(
                confusion(
                    detection.figures.confusionMatrix, detection.tags.map(\.tag) + ["(nothing)"],
                    "Confusions at a confidence of \(String(format: "%.2f", detection.confidenceThreshold))"))
            let mistakes = try mistakePhotos(detection, set)
            if !mistakes.isEmpty { sections.append(try gallery("Worst mistakes", mistakes, "mistake", folder)) }
        }
        if let classification = result.classification {
            sections.append(figures(classification))
            sections.append(confusion(classification.confusionMatrix, classification.tags.map(\.tag), "Confusions"))
            let mistakes = try mistakePhotos(classification, set)
            if !mistakes.isEmpty { sections.append(try gallery("Worst mistakes", mistakes, "mistake", folder)) }
        }
        if let training { sections.append(run(training)) }
        let path = folder + "/index.html"
        try OutputFile.write(Data(page(sections).utf8), to: path)
        return path
    }

    private func page(_ sections: [String]) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escapedForHTML(title))</title>
        <style>\(ReportStyle.css)</style>
        </head>
        <body>
        <h1>\(escapedForHTML(title))</h1>
        \(sections.joined(separator: "\n"))
        </body>
        </html>

        """
    }

    private func figures(_ metrics: DetectionMetrics) -> String {
        let tiles = [
            ("mAP@30", metrics.meanAveragePrecision30), ("mAP@50", metrics.meanAveragePrecision50),
            ("mAP@75", metrics.meanAveragePrecision75), ("mAP@[.50:.95]", metrics.meanAveragePrecision),
        ].map { "<div class=\"tile\"><b>\(PerformanceText.percent($1))</b>\($0)</div>" }.joined()
        let rows = metrics.tags.map { tag in
            let best = tag.bestThreshold.map { String(format: "%.2f", $0.threshold) } ?? "-"
            return "<tr><td>\(escapedForHTML(tag.tag))</td><td>\(tag.objectCount)</td>"
                + "<td>\(PerformanceText.percent(tag.averagePrecision50))</td>"
                + "<td>\(PerformanceText.percent(tag.averagePrecision75))</td><td>\(best)</td></tr>"
        }.joined(separator: "\n")
        return """
            <p>Measured on \(place): \(metrics.photoCount) photos with \(metrics.objectCount) objects\
            \(result.skipped.isEmpty ? "" : "; \(result.skipped.count) photos were left out").</p>
            <div class="tiles">\(tiles)</div>
            <table><tr><th>Tag</th><th>Objects</th><th>AP@50</th><th>AP@75</th>
            <th title="The confidence where precision and recall of these photos balance best">Best threshold</th></tr>
            \(rows)</table>
            """
    }

    /// What the figures were measured on, in words.
    var place: String {
        switch result.evaluatedOn {
        case .evaluation: "the evaluation photos"
        case .heldOut: "training photos that were held out"
        case .training: "the training photos themselves"
        }
    }

    private func confusion(_ matrix: ConfusionMatrix, _ names: [String], _ heading: String) -> String {
        guard matrix.size == names.count, names.count <= 40 else { return "" }
        let head = names.map { "<th>\(escapedForHTML($0))</th>" }.joined()
        let rows = zip(names, matrix.rows).map { name, row in
            let total = max(1, row.reduce(0, +))
            let cells = row.map { count in
                let share = Double(count) / Double(total)
                return "<td style=\"--share:\(String(format: "%.2f", share))\">\(count == 0 ? "" : "\(count)")</td>"
            }.joined()
            return "<tr><th>\(escapedForHTML(name))</th>\(cells)</tr>"
        }.joined(separator: "\n")
        return """
            <h2>\(heading)</h2>
            <p>Rows are what is there, columns what was found.</p>
            <table class="confusion"><tr><th></th>\(head)</tr>\(rows)</table>
            """
    }

    private func run(_ training: TrainingResult) -> String {
        """
        <h2>The run</h2>
        <p>\(training.steps) steps in \(TimeBudget(seconds: training.trainingSeconds).text), \
        \(String(format: "%.1f", training.imagesPerSecond)) images a second, \
        \(Int(training.peakMemoryMB)) MB of memory at most; foundation \
        \(escapedForHTML(training.foundation.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "none")), \
        seed \(training.seed).</p>
        """
    }

    private func gallery(_ heading: String, _ photos: [ReportPhoto], _ name: String, _ folder: String) throws -> String
    {
        let figures = try photos.enumerated().map { index, photo in
            let file = "\(name)-\(index + 1).jpg"
            let small = try photo.image.resized(to: photo.image.size.fitted(within: Self.widest))
            try OutputFile.write(small.encoded(as: .jpeg(quality: 85)), to: "\(folder)/\(file)")
            let caption = escapedForHTML(photo.caption)
            return "<figure><img src=\"\(file)\" alt=\"\(caption)\"><figcaption>\(caption)</figcaption></figure>"
        }
        return "<h2>\(heading)</h2><div class=\"gallery\">\(figures.joined(separator: "\n"))</div>"
    }

    /// The photos with the worst mistakes, what is there and what was found drawn on each.
    private func mistakePhotos(_ metrics: DetectionMetrics, _ set: TrainingSet) throws -> [ReportPhoto] {
        let paths = Dictionary(set.photos.map { ($0.name, $0.path) }) { first, _ in first }
        return try metrics.mistakes.sorted { $0.severity > $1.severity }.prefix(Self.mostMistakes).compactMap {
            mistake in
            guard result.photos.indices.contains(mistake.photo), let path = paths[result.photos[mistake.photo]] else {
                return nil
            }
            var overlays: [BoxOverlay] = []
            if let truth = mistake.truth, let box = truth.box {
                overlays.append(BoxOverlay(box: box, label: truth.label, text: metrics.tags[truth.label].tag))
            }
            if let found = mistake.detection {
                overlays.append(
                    BoxOverlay(
                        box: found.box, label: found.label, text: metrics.tags[found.label].tag,
                        confidence: found.confidence))
            }
            let words =
                switch mistake.kind {
                case .missed: "missed"
                case .falseDetection: "found where nothing is"
                case .wrongTag: "wrong tag"
                case .looseBox: "loose box"
                }
            return ReportPhoto(
                image: try ImageDecoder().decode(path: path).image.drawn(overlays),
                caption: "\(result.photos[mistake.photo]): \(words)")
        }
    }
}
