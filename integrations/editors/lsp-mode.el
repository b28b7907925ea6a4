;; What a user does in Emacs with lsp-mode, without a screen: a file of the
;; tour, its finding, its fix.
(require 'lsp-mode)
(load (getenv "SNIPPET"))
(setq lsp-auto-guess-root t
      lsp-enable-snippet nil
      lsp-restart 'ignore
      lsp-session-file (expand-file-name "session" (getenv "XDG_STATE_HOME")))

(defun findings ()
  (gethash notify (lsp-diagnostics)))

(find-file notify)
(go-mode)
(lsp)
(await "a server" #'lsp-workspaces)
(await "the finding" (lambda () (= 1 (length (findings)))))
(let ((text (gethash "message" (car (findings)))))
  (unless (string-match-p "address is shared by all iterations" text)
    (fail "it says %s" text)))
(goto-char (lsp--position-to-point (gethash "start" (gethash "range" (car (findings))))))
(lsp-execute-code-action (aref (vconcat (lsp-code-actions-at-point)) 0))
(expect "address := address")
(await "the finding to go" (lambda () (null (findings))))
(set-buffer-modified-p nil)
(mapc #'lsp-workspace-shutdown (lsp-workspaces))
(message "done")
