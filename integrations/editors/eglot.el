;; What a user does in Emacs with eglot, without a screen: a file of the tour,
;; its finding, its fix.
(require 'eglot)
(load (getenv "SNIPPET"))
(setq eglot-confirm-server-initiated-edits nil)

(let ((project-find-functions
       (list (lambda (_dir) (cons 'transient (file-name-as-directory (getenv "TOUR")))))))
  (find-file notify)
  (go-mode)
  (apply #'eglot (eglot--guess-contact))
  (await "a server" #'eglot-current-server)
  (await "the finding" (lambda () (flymake-start) (= 1 (length (flymake-diagnostics)))))
  (let ((text (flymake-diagnostic-text (car (flymake-diagnostics)))))
    (unless (string-match-p "address is shared by all iterations" text)
      (fail "it says %s" text)))
  (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
  (eglot--apply-workspace-edit
   (plist-get (aref (jsonrpc-request
                     (eglot--current-server-or-lose) :textDocument/codeAction
                     (list :textDocument (eglot--TextDocumentIdentifier)
                           :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                           :context '(:diagnostics [])))
                    0)
              :edit))
  (expect "address := address")
  (eglot--signal-textDocument/didChange)
  (await "the finding to go" (lambda () (flymake-start) (null (flymake-diagnostics))))
  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot-current-server))
  (message "done"))
