// A plain C face for reading COCO label files with simdjson.
//
// One call reads a whole file: it is streamed through a small window, cut into the records of its lists, and every
// record is parsed strictly by simdjson and packed into flat arrays. Memory grows with what is kept (numbers, names),
// never with the size of the file, and nothing crosses between languages value by value.
//
// Ownership: on CCOCO_OK the caller owns the labels and frees them with ccoco_free; everything they point at lives as
// long as they do. On failure nothing is written to `out`, and `failure`, where it is not NULL, says what was wrong.
// `path`, `bytes` and `limits` are borrowed during the call. No C++ exception leaves this library.
//
// Threads: calls share nothing; labels may be read by any thread.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Why a file could not be read at all. Faults of single records do not end the reading; they are listed.
typedef enum CCOCOStatus {
    CCOCO_OK = 0,
    /// The file could not be opened; `system_error` has errno.
    CCOCO_CANNOT_OPEN,
    /// Reading stopped in the middle; `system_error` has errno.
    CCOCO_CANNOT_READ,
    /// More bytes than `limits.file_bytes`; `limit` repeats it.
    CCOCO_FILE_TOO_LARGE,
    /// One record, or one value that is skipped, has more bytes than `limits.record_bytes`.
    CCOCO_RECORD_TOO_LARGE,
    /// A list has more records than `limits.records`.
    CCOCO_TOO_MANY_RECORDS,
    /// Arrays and objects stand in each other deeper than `limits.depth`.
    CCOCO_TOO_DEEP,
    /// No bytes, or white space only.
    CCOCO_EMPTY,
    /// Not JSON; `syntax` says in which way.
    CCOCO_NOT_JSON,
    /// JSON, but its outermost value is no object; `found_type` says what it is.
    CCOCO_NOT_AN_OBJECT,
    /// `images`, `annotations` or `categories` (see `list`) is no array; `found_type` says what it is.
    CCOCO_LIST_NOT_AN_ARRAY,
    /// `images`, `annotations` or `categories` (see `list`) stands twice.
    CCOCO_LIST_TWICE,
    CCOCO_OUT_OF_MEMORY,
    /// Something that should not be able to happen; `found` has a text.
    CCOCO_INTERNAL
} CCOCOStatus;

/// How a text fails to be JSON.
typedef enum CCOCOSyntax {
    CCOCO_SYNTAX_NONE = 0,
    /// The file ends inside of a value: it was cut short.
    CCOCO_SYNTAX_END,
    /// A character that may not stand here.
    CCOCO_SYNTAX_CHARACTER,
    /// An unquoted word that is not true, false or null.
    CCOCO_SYNTAX_WORD,
    /// NaN or an infinity, which JSON does not have.
    CCOCO_SYNTAX_NONFINITE,
    /// A number written in a way JSON does not have, such as 01, +1 or .5.
    CCOCO_SYNTAX_NUMBER,
    /// A number beyond what 64 bits hold.
    CCOCO_SYNTAX_NUMBER_RANGE,
    /// A control character or an unknown escape in a text.
    CCOCO_SYNTAX_STRING,
    /// Bytes that are not UTF-8.
    CCOCO_SYNTAX_ENCODING,
    /// A comma before a closing bracket.
    CCOCO_SYNTAX_TRAILING_COMMA,
    /// Something follows the outermost object.
    CCOCO_SYNTAX_TRAILING_TEXT
} CCOCOSyntax;

/// The kinds of JSON values, and two things found in their place.
typedef enum CCOCOType {
    CCOCO_TYPE_MISSING = 0,
    CCOCO_TYPE_NULL,
    CCOCO_TYPE_BOOLEAN,
    CCOCO_TYPE_NUMBER,
    CCOCO_TYPE_TEXT,
    CCOCO_TYPE_ARRAY,
    CCOCO_TYPE_OBJECT,
    /// A bare NaN or Infinity.
    CCOCO_TYPE_NONFINITE
} CCOCOType;

typedef enum CCOCOList {
    CCOCO_IMAGES = 0,
    CCOCO_ANNOTATIONS = 1,
    CCOCO_CATEGORIES = 2,
    /// Another part of the file, or none.
    CCOCO_NO_LIST = 3
} CCOCOList;

/// What can be wrong with one record.
typedef enum CCOCOFaultKind {
    /// The record itself is no object.
    CCOCO_FAULT_NOT_AN_OBJECT = 0,
    /// A field that must be there is missing or null.
    CCOCO_FAULT_MISSING,
    /// A field has a value of the wrong type, such as a text for a number.
    CCOCO_FAULT_TYPE,
    /// A number that must be an integer is none.
    CCOCO_FAULT_NOT_AN_INTEGER,
    /// A bare NaN or Infinity.
    CCOCO_FAULT_NONFINITE,
    /// A field stands twice in one record.
    CCOCO_FAULT_TWICE,
    /// `bbox` has another count of values than four; `found` has the count.
    CCOCO_FAULT_BOX_COUNT,
    /// `iscrowd` is neither 0, 1, false nor true.
    CCOCO_FAULT_CROWD,
    /// Not wrong, but said: an integer written as a decimal number, such as 3.0. The value was taken.
    CCOCO_FAULT_INTEGER_AS_DECIMAL,
    CCOCO_FAULT_KINDS
} CCOCOFaultKind;

/// A part of `CCOCOLabels.text`, UTF-8 and not NUL-terminated. Absent where `length` is CCOCO_ABSENT.
typedef struct CCOCOText {
    uint64_t offset;
    uint32_t length;
} CCOCOText;

#define CCOCO_ABSENT UINT32_MAX

/// Bits of `unread`: fields whose value is missing or faulty and stands as 0 here. Each has a fault in the list.
enum {
    CCOCO_UNREAD_ID = 1,
    CCOCO_UNREAD_SIZE = 2,
    CCOCO_UNREAD_NAME = 4,
    CCOCO_UNREAD_IMAGE_ID = 8,
    CCOCO_UNREAD_CATEGORY_ID = 16,
    CCOCO_UNREAD_BOX = 32
};

typedef struct CCOCOImage {
    int64_t id;
    double width, height;
    CCOCOText file_name, coco_url, absolute_url;
    uint8_t unread;
} CCOCOImage;

typedef struct CCOCOAnnotation {
    int64_t id, image_id, category_id;
    /// left, top, width, height as the file has them.
    double box[4];
    uint8_t unread;
    /// 1 where the record has a readable box.
    uint8_t has_box;
    uint8_t is_crowd;
} CCOCOAnnotation;

typedef struct CCOCOCategory {
    int64_t id;
    CCOCOText name;
    uint8_t unread;
} CCOCOCategory;

/// One fault of one record. Texts are NUL-terminated UTF-8, cut to fit.
typedef struct CCOCOFault {
    CCOCOFaultKind kind;
    CCOCOList list;
    /// The record's place in its list, from 0.
    uint64_t index;
    /// The record's own id and, for an annotation, its image's, where they could be read.
    int64_t id, image_id;
    uint8_t has_id, has_image_id;
    CCOCOType found_type;
    /// The line and column (in bytes) at which the record begins, from 1.
    uint64_t line, column;
    char field[48];
    char found[96];
} CCOCOFault;

/// All that was read. Every record of a list has its entry, so places in the arrays are places in the file's lists.
typedef struct CCOCOLabels {
    const CCOCOImage *images;
    const CCOCOAnnotation *annotations;
    const CCOCOCategory *categories;
    uint64_t image_count, annotation_count, category_count;
    const char *text;
    /// The first faults of each kind in each list; `fault_totals[list][kind]` counts all of them.
    const CCOCOFault *faults;
    uint64_t fault_count;
    uint64_t fault_totals[3][CCOCO_FAULT_KINDS];
    /// 1 for each list that the file has.
    uint8_t has_list[3];
    /// Bytes of the file.
    uint64_t byte_count;
} CCOCOLabels;

typedef struct CCOCOLimits {
    uint64_t file_bytes;
    uint64_t record_bytes;
    /// Of each list.
    uint64_t records;
    /// Of arrays and objects in each other; at most 1024. A COCO file needs 5.
    uint32_t depth;
    /// Faults kept of each kind in each list.
    uint32_t examples;
    /// Bytes read at a time; 0 for the default.
    uint64_t window_bytes;
} CCOCOLimits;

/// Where and why reading ended. Lines and columns (in bytes) count from 1; 0 means that no place is known.
typedef struct CCOCOFailure {
    CCOCOStatus status;
    CCOCOSyntax syntax;
    CCOCOType found_type;
    CCOCOList list;
    /// The record's place in its list, from 0.
    uint64_t index;
    uint64_t line, column;
    uint64_t limit;
    int32_t system_error;
    /// The field of the record in which it happened, where one is known.
    char field[48];
    char found[96];
} CCOCOFailure;

CCOCOStatus ccoco_read_file(const char *path, const CCOCOLimits *limits, CCOCOLabels **out, CCOCOFailure *failure);
CCOCOStatus ccoco_read_bytes(const uint8_t *bytes, size_t count, const CCOCOLimits *limits, CCOCOLabels **out,
                             CCOCOFailure *failure);
/// Frees labels; NULL is fine.
void ccoco_free(CCOCOLabels *labels);

/// The version of simdjson this was compiled against and what it runs on, such as "3.0.1 (haswell)". Owned by the
/// library.
const char *ccoco_simdjson_version(void);

#ifdef __cplusplus
}
#endif
