"""A sitting as its applicant has it: form, answers, notices, parts, submission."""
