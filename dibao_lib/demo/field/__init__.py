"""The made-up campaign in the villages: visits, hearings, boards, objections, township items and the ledger of problems."""
