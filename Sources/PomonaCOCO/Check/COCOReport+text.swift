extension COCOReport {
    /// The report for a person to read; lines end with a line break.
    public var text: String {
        var lines = [summary, "Boxes: \(formPhrase)"]
        if !tags.isEmpty { lines.append("Tags: \(tagPhrase)") }
        if let photos {
            lines.append(
                "Photos: \(photos.found.grouped) found in \(photos.folder), \(photos.missing.grouped) missing")
        }
        lines.append("")
        lines.append(pomona.isAccepted ? "Pomona can use this file." : "Pomona cannot use this file:")
        lines += Self.lines(for: pomona.findings)
        lines.append("")
        lines.append(imageAnalysisPhrase)
        lines += Self.lines(for: imageAnalysis.findings)
        if !repairs.isEmpty {
            lines += ["", "A repair would do this:"] + repairs.map { "  \($0)" }
        }
        lines += ["", isValid ? "Valid." : "Not valid."]
        return lines.joined(separator: "\n") + "\n"
    }

    private var summary: String {
        let purpose = role == .train ? "training" : "evaluation"
        let counts = [
            imageCount.counted("image"), annotationCount.counted("annotation"), tags.count.counted("tag"),
        ]
        return "\(file.shown): \(counts.joined(separator: ", ")); for \(kind.rawValue) (\(kindReason)) and \(purpose)"
    }

    private var formPhrase: String {
        let name =
            switch form.form {
            case .pixels: "in pixels: "
            case .fractions: "in fractions of the photo: "
            case nil: form.needsChoice ? "in a form that cannot be told: " : ""
            }
        let crowds = crowdCount == 0 ? "" : "; \(crowdCount.grouped) of crowds"
        return "\(boxCount.grouped), \(name)\(form.reason)\(crowds)"
    }

    private var tagPhrase: String {
        let most = 20
        let shown = tags.prefix(most).map { "\($0.name.shown) \($0.annotations.grouped)" }.joined(separator: ", ")
        return tags.count > most ? "\(shown) and \(tags.count - most) more" : shown
    }

    private var imageAnalysisPhrase: String {
        switch (imageAnalysis.isAccepted, isForImageAnalysis) {
        case (true, _): "Image Analysis 4.0 would take this file."
        case (false, true): "Image Analysis 4.0 would refuse this file:"
        case (false, false):
            "This is ordinary COCO, which Image Analysis 4.0 would refuse (that does not count against it):"
        }
    }

    /// Each finding with its first places.
    private static func lines(for findings: [COCOFinding]) -> [String] {
        let most = 3
        var lines: [String] = []
        for severity in COCOFinding.Severity.allCases {
            for finding in findings where finding.severity == severity {
                lines.append("  \(severity.rawValue): \(finding.count.grouped) x \(finding.rule.title)")
                lines += finding.examples.prefix(most).map { "    \($0.message)" }
                let rest = finding.count - min(most, finding.examples.count)
                if rest > 0 { lines.append("    and \(rest.grouped) more") }
            }
        }
        return lines
    }
}
