/// Mends a label file: everything that can be put right without knowing what the labeler meant, and nothing else.
///
/// What is done, in this order: categories of one name become one; records that stand twice are dropped; annotations
/// that refer to nothing are removed; boxes without extent are removed; boxes that hang over the edge are clipped if at
/// least half of them is in the photo; sizes become whole pixels; boxes change their form if that is asked for; ids
/// become 1...N if they are not. The file itself stays as it is: write the result with ``COCOWriter``.
public struct COCORepair: Sendable {
    /// What the file is to teach; `nil` to go by its boxes.
    public var kind: COCOKind?

    /// The form of the boxes as they are; `nil` to recognise it.
    public var sourceForm: BoxForm?

    /// The form to turn them into; `nil` to leave it.
    public var form: BoxForm?

    public init(kind: COCOKind? = nil, sourceForm: BoxForm? = nil, form: BoxForm? = nil) {
        self.kind = kind
        self.sourceForm = sourceForm
        self.form = form
    }

    /// Mends what can be mended.
    public func repair(_ file: COCOFile) -> COCORepaired {
        let validation = file.validate(kind: kind, form: sourceForm)
        var mending = Mending(document: file.document)
        mending.mergeCategories()
        mending.dropRepeatedImages()
        mending.dropRepeatedAnnotations()
        mending.dropDangling()
        mending.roundSizes()
        var resultForm = validation.form.form
        if let source = resultForm, validation.kind == .detection {
            mending.mendBoxes(form: source)
            if let form, form != source {
                mending.convert(from: source, to: form)
                resultForm = form
            }
        }
        mending.renumber()

        // Records that could not be read are beyond mending; they are judged as the file was.
        let mended = COCOFile(mending.document, name: file.path)
        let left = mended.validate(kind: validation.kind, form: resultForm).findings
        let remaining = (file.faults + left).filter { $0.severity == .error }
        let needsChoice = validation.form.needsChoice ? validation.findings.filter { $0.rule == .boxForm } : []
        return COCORepaired(
            document: mending.document, form: resultForm, actions: mending.actions,
            remaining: remaining.filter { $0.rule != .boxForm } + needsChoice, file: file.path)
    }
}

/// A mended label file, and what was done to it.
public struct COCORepaired: Sendable {
    public var document: COCODocument

    /// The form of its boxes; `nil` without boxes, or where the form cannot be told.
    public var form: BoxForm?

    public var actions: [COCORepairAction]

    /// Errors that are left.
    public var remaining: [COCOFinding]

    let file: String

    /// The document, if nothing is left for a person to mend.
    ///
    /// - Throws: ``COCOError/notRepairable(file:findings:)`` with what is left.
    public func checked() throws -> COCODocument {
        guard remaining.isEmpty else { throw COCOError.notRepairable(file: file, findings: remaining) }
        return document
    }
}

/// One thing that a repair did.
public struct COCORepairAction: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case categoriesMerged
        case imagesDropped
        case annotationsDropped
        case danglingRemoved
        case sizesRounded
        case emptyBoxesRemoved
        case boxesClipped
        case boxesConverted
        case idsRenumbered
    }

    public var kind: Kind

    /// How many records were touched.
    public var count: Int

    /// The action in words, with the first records it touched.
    public var text: String
}
